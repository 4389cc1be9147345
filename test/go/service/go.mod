module pewter.test/service

go 1.22
